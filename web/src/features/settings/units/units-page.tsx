/** 机构: the tree of the organisation. A unit is never removed; its name may change, its code stays. */
import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UnitNode } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { SmallTable } from '@/components/layout/small-table';
import { EmptyState } from '@/components/states/empty-state';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import { useShortcut } from '@/lib/keyboard/shortcuts';
import { useCan } from '@/lib/session/me';
import { OfferCommand } from '../offer-command';
import { unitsQuery } from '../queries';
import { NewUnitDrawer } from './new-unit-drawer';
import { RenameUnitDrawer } from './rename-unit-drawer';

const STEP = 24;

interface TreeProps {
  units: readonly UnitNode[];
  canManage: boolean;
  onRename: (unit: UnitNode) => void;
  onAdd: (parent: UnitNode) => void;
}

function UnitTree({ units, canManage, onRename, onAdd }: TreeProps) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const childrenOf = (unit: UnitNode) => units.filter((other) => other.parent_id === unit.id).length;
  return (
    <SmallTable>
      <thead>
        <tr>
          <th scope="col">{t('units.name')}</th>
          <th scope="col">{t('units.code')}</th>
          <th scope="col" data-align="end">
            {t('units.below')}
          </th>
          {canManage && (
            <th scope="col" data-align="end">
              {t('units.actions')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {units.map((unit) => (
          <tr key={unit.id}>
            <th scope="row" style={{ paddingInlineStart: 16 + unit.depth * STEP }}>
              {unit.depth === 0 ? <b>{unit.name}</b> : unit.name}
              <span className="k-unseen">{t('units.level', { number: unit.depth + 1 })}</span>
            </th>
            <td className="k-mono">{unit.code}</td>
            <td data-align="end">{childrenOf(unit) > 0 ? format.count(childrenOf(unit)) : '—'}</td>
            {canManage && (
              <td data-align="end">
                <Button
                  type="link"
                  size="small"
                  aria-label={t('units.renameOf', { name: unit.name })}
                  onClick={() => onRename(unit)}
                >
                  {t('units.rename')}
                </Button>
                <Button
                  type="link"
                  size="small"
                  aria-label={t('units.addBelow', { name: unit.name })}
                  onClick={() => onAdd(unit)}
                >
                  {t('units.add')}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </SmallTable>
  );
}

export function UnitsPage() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/settings/units' });
  const canManage = useCan()('unit.manage');
  const query = useQuery(unitsQuery);
  const units = query.data ?? [];
  const show = (next: { drawer?: 'new'; parent?: string; unit?: number }) =>
    void navigate({ to: '/settings/units', search: next });
  const start = () => show({ drawer: 'new' });
  useShortcut({ keys: 'n', group: 'page', label: t('units.new'), isActive: canManage, onPress: start });
  const create = (
    <Button type="primary" icon={<PlusOutlined />} onClick={start}>
      {t('units.new')}
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title={t('units.title')}
        subtitle={t('units.subtitle')}
        actions={canManage ? create : undefined}
      />
      <PageBody>
        <QueryView query={query}>
          {(found) =>
            found.length > 0 ? (
              <Card isPadded={false} foot={t('units.count', { count: found.length })}>
                <UnitTree
                  units={found}
                  canManage={canManage}
                  onRename={(unit) => show({ unit: unit.id })}
                  onAdd={(unit) => show({ drawer: 'new', parent: unit.code })}
                />
              </Card>
            ) : (
              <EmptyState
                title={t('units.emptyTitle')}
                text={t('units.emptyText')}
                action={canManage && create}
              />
            )
          }
        </QueryView>
      </PageBody>
      {canManage && <OfferCommand id="unit.new" label={t('units.new')} run={start} />}
      <NewUnitDrawer
        isOpen={canManage && search.drawer === 'new'}
        parent={search.parent}
        units={units}
        onClose={() => show({})}
      />
      <RenameUnitDrawer
        unit={canManage ? units.find((unit) => unit.id === search.unit) : undefined}
        onClose={() => show({})}
      />
    </Page>
  );
}
