/** Conditions on where a customer belongs, for what he may be reached, and in which segment he is. */
import { useQuery } from '@tanstack/react-query';
import { Select, TreeSelect } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UnitNode } from '@/api/generated/types.gen';
import { useFormat } from '@/lib/format/use-format';
import { type Bilingual, inLanguage } from '@/lib/language';
import { savedSegmentsQuery } from '@/lib/segments';
import { purposesQuery } from '../queries';
import type { MemberDraft, ReachDraft, UnitDraft } from './kinds';
import { unitsQuery } from './names';

interface Branch {
  value: string;
  title: string;
  children: Branch[];
}

/** Units as a tree; one whose parent is not told stands on top. */
function treeOf(units: readonly UnitNode[]): Branch[] {
  const branches = new Map(
    units.map(({ id, code, name }) => [id, { value: code, title: name, children: [] }]),
  );
  const roots: Branch[] = [];
  for (const { id, parent_id } of units) {
    const own = branches.get(id) as Branch;
    const parent: Branch | undefined = parent_id === null ? undefined : branches.get(parent_id);
    (parent?.children ?? roots).push(own);
  }
  return roots;
}

interface PartProps<Draft> {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

export function UnitPart({ draft, onChange }: PartProps<UnitDraft>) {
  const { t } = useTranslation('analyze');
  const { data = [], isPending } = useQuery(unitsQuery);
  const tree = treeOf(data);
  return (
    <>
      <Select
        aria-label={t('unitBelow')}
        style={{ width: 150 }}
        options={[
          { value: 'below', label: t('withBelow') },
          { value: 'only', label: t('withoutBelow') },
        ]}
        value={draft.hasBelow ? 'below' : 'only'}
        onChange={(next) => onChange({ ...draft, hasBelow: next === 'below' })}
      />
      <TreeSelect
        aria-label={t('unit')}
        placeholder={t('chooseUnit')}
        loading={isPending}
        showSearch
        treeNodeFilterProp="title"
        treeDefaultExpandedKeys={tree.map(({ value }) => value)}
        popupMatchSelectWidth={false}
        style={{ width: 200 }}
        treeData={tree}
        value={draft.unit ?? null}
        onChange={(unit: string | null) => onChange({ ...draft, unit: unit ?? undefined })}
      />
    </>
  );
}

const ANY = '';

interface ReachPartProps extends PartProps<ReachDraft> {
  channels: Readonly<Record<string, Bilingual>>;
}

export function ReachPart({ draft, channels, onChange }: ReachPartProps) {
  const { t } = useTranslation('analyze');
  const { language } = useFormat();
  const { data = [] } = useQuery(purposesQuery);
  const active = data.filter((one) => one.is_active);
  const able = active.find(({ key }) => key === draft.purpose)?.current.channels ?? [];
  const named = (channel: string) => {
    const label = channels[channel];
    return label ? inLanguage(label, language) : channel;
  };
  return (
    <>
      <Select
        aria-label={t('reachFor')}
        placeholder={t('choosePurpose')}
        style={{ width: 200 }}
        options={active.map(({ key, name }) => ({ value: key, label: inLanguage(name, language) }))}
        value={draft.purpose ?? null}
        onChange={(purpose: string) => onChange({ ...draft, purpose, channel: undefined })}
      />
      <Select
        aria-label={t('reachBy')}
        style={{ width: 150 }}
        disabled={draft.purpose === undefined}
        options={[
          { value: ANY, label: t('anyChannel') },
          ...able.map((channel) => ({ value: channel, label: named(channel) })),
        ]}
        value={draft.channel ?? ANY}
        onChange={(channel: string) => onChange({ ...draft, channel: channel || undefined })}
      />
    </>
  );
}

export function SegmentPart({
  draft,
  self,
  onChange,
}: PartProps<MemberDraft> & { self: string | undefined }) {
  const { t } = useTranslation('analyze');
  const { data, isPending } = useQuery(savedSegmentsQuery);
  return (
    <Select
      aria-label={t('segment')}
      placeholder={t(data?.length === 0 ? 'noSegments' : 'chooseSegment')}
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ width: 260 }}
      options={(data ?? [])
        .filter(({ id }) => id !== self)
        .map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.segment ?? null}
      onChange={(segment: string) => onChange({ ...draft, segment })}
    />
  );
}
