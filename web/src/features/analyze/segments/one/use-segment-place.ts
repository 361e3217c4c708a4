/** Where the reader stands on the page of a segment, as the address says it. */
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type SegmentPlace, toSegmentPlace } from './place';

const route = getRouteApi('/frame/analyze/segments/$segmentId');

export function useSegmentPlace() {
  // What an address says wrongly is inherited from the frame's route as it stands: read it once more.
  const place = toSegmentPlace({ ...route.useSearch() });
  const { segmentId } = route.useParams();
  const navigate = useNavigate();
  const show = (search: SegmentPlace) =>
    void navigate({
      to: '/analyze/segments/$segmentId',
      params: { segmentId },
      search,
      replace: search.tab === place.tab,
    });
  return { place, show };
}
