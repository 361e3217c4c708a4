/** A saved segment is changed: another name or purpose holds at once, another rule is the next version. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { QueryView } from '@/components/states/query-view';
import { segmentQuery } from '../saved';
import { SegmentForm } from './segment-form';

const route = getRouteApi('/frame/analyze/segments/$segmentId/edit');

export function EditSegmentPage() {
  const { segmentId } = route.useParams();
  const query = useQuery(segmentQuery(segmentId));
  return <QueryView query={query}>{(segment) => <SegmentForm known={segment} />}</QueryView>;
}
