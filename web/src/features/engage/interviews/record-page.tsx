/** One interview: a draft is written here and keeps itself; a finished one is read. */
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { QueryView } from '@/components/states/query-view';
import { recordQuery } from './queries';
import { ReadRecord } from './read-record';
import { WriteRecord } from './write-record';

export function RecordPage() {
  const { recordId } = useParams({ from: '/frame/engage/interviews/records/$recordId' });
  const query = useQuery({ ...recordQuery(recordId), refetchOnWindowFocus: false });
  return (
    <QueryView query={query}>
      {(talk) =>
        talk.state === 'draft' && talk.is_own ? (
          <WriteRecord key={talk.id} talk={talk} />
        ) : (
          <ReadRecord talk={talk} />
        )
      }
    </QueryView>
  );
}
