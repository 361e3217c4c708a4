/** The figures on top of the first page, each of what the reader may see; one that opens a page is a button. */
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { TodayOut } from '@/api/generated/types.gen';
import type { Figure } from '@/components/layout/figures';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { importFigures, useLatestImports } from './imports-card';
import { useCount } from './recent-card';

function useCustomerFigures(today: TodayOut): Figure[] {
  const { t } = useTranslation('today');
  const format = useFormat();
  const navigate = useNavigate();
  const can = useCan();
  const count = useCount(can('customer.read'));
  if (!count || !today.customers) return [];
  const { created, changed } = today.customers;
  return [
    {
      key: 'customers',
      label: t('customers'),
      value: count.is_exact ? (
        <span title={format.count(count.value)}>{format.countShort(count.value)}</span>
      ) : (
        format.estimate(count.value)
      ),
      unit: t('customersUnit'),
      basis: t('customersBasis'),
      onOpen: () => void navigate({ to: '/customers' }),
    },
    {
      key: 'new',
      label: t('new'),
      value: format.countShort(created),
      unit: t('customersUnit'),
      basis: t('newBasis', { number: format.countShort(changed) }),
    },
  ];
}

export function useFigures(today: TodayOut): Figure[] {
  const { t } = useTranslation('today');
  const format = useFormat();
  const navigate = useNavigate();
  const can = useCan();
  const customers = useCustomerFigures(today);
  const imports = useLatestImports(can('import.run'));
  const { tasks, campaigns } = today;
  const work: Figure[] = tasks
    ? [
        {
          key: 'tasks',
          label: t('tasks.title'),
          value: format.count(tasks.own),
          unit: t('tasks.unit'),
          basis: t('tasks.basis', { late: tasks.late, due: tasks.due, soon: tasks.soon }),
          isNoteworthy: tasks.late > 0,
          onOpen: () => void navigate({ to: '/relate/tasks' }),
        },
      ]
    : [];
  const running: Figure[] = campaigns
    ? [
        {
          key: 'campaigns',
          label: t('campaigns.title'),
          value: format.count(campaigns.running),
          unit: t('campaigns.unit'),
          ...(can('campaign.approve')
            ? { basis: t('campaigns.basis', { count: campaigns.to_decide.length }) }
            : {}),
          onOpen: () => void navigate({ to: '/engage/campaigns' }),
        },
      ]
    : [];
  return [...customers, ...work, ...running, ...importFigures(imports.data, new Date(), t, format)];
}
