/** Putting a tag on customers, or taking it off, which can be undone; what shows tags is asked anew. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tagCustomers, untagCustomers } from '@/api/generated/sdk.gen';
import { useNotify } from '@/components/dialogs/use-notify';

interface Tagging {
  tag: { id: number; name: string };
  isOff?: boolean;
}

async function write(customers: readonly string[], { tag, isOff }: Tagging): Promise<number> {
  const call = { path: { tag_id: tag.id }, body: { customers: [...customers] } };
  const { data } = await (isOff
    ? untagCustomers({ ...call, throwOnError: true })
    : tagCustomers({ ...call, throwOnError: true }));
  return data.changed;
}

export function useTagging(customers: readonly string[], onDone?: () => void) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const notify = useNotify();
  const tagging = useMutation({
    mutationFn: (one: Tagging & { customers?: readonly string[] }) => write(one.customers ?? customers, one),
    onSuccess: async (count, { tag, isOff }) => {
      const again = [...customers];
      const undo = () => tagging.mutate({ tag, customers: again });
      notify.done(
        t(isOff ? 'tags.takenOff' : 'tags.putOn', { name: tag.name, count }),
        isOff && count > 0 && customers.length === 1 ? undo : undefined,
      );
      onDone?.();
      await Promise.all(
        [['customers'], ['customer'], ['tags']].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
    onError: (problem) => notify.failed(problem),
  });
  return tagging;
}
