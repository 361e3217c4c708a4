/** 新建客群. */
import { SegmentForm } from './segment-form';

export function NewSegmentPage() {
  return <SegmentForm />;
}
