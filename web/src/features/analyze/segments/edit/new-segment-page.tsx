/** 新建客群. */
import { getRouteApi } from '@tanstack/react-router';
import { SegmentForm } from './segment-form';

const route = getRouteApi('/frame/analyze/segments/new');

export function NewSegmentPage() {
  const { list } = route.useSearch();
  return <SegmentForm list={list} />;
}
