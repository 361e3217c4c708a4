/** How often an event happened, and when it counts. */
import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DateInput } from '@/components/form/date-input';
import type { TimesDraft, TimesKind, WindowDraft } from './kinds';
import { bare } from './value-input';

interface AmountProps {
  label: string;
  unit: string;
  least?: number;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

/** A whole number with its unit behind it. */
export function Amount({ label, unit, least = 1, value, onChange }: AmountProps) {
  return (
    <InputNumber
      aria-label={label}
      min={least}
      max={1_000_000}
      precision={0}
      suffix={unit}
      style={{ width: 108 }}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

interface PartProps<Draft> {
  value: Draft;
  onChange: (value: Draft) => void;
}

const TIMES: readonly TimesKind[] = ['least', 'most', 'exactly', 'between', 'never'];

export function TimesPart({ value, onChange }: PartProps<TimesDraft>) {
  const { t } = useTranslation('analyze');
  const { kind, low, high } = value;
  return (
    <>
      <Select
        aria-label={t('did')}
        popupMatchSelectWidth={false}
        style={{ width: 136 }}
        options={TIMES.map((one) => ({ value: one, label: t(`often.${one}`) }))}
        value={kind}
        onChange={(next: TimesKind) => onChange({ ...value, kind: next, low: low ?? 1 })}
      />
      {kind !== 'never' && (
        <Amount
          label={kind === 'between' ? t('low') : t('times')}
          unit={t('timesUnit')}
          least={kind === 'least' ? 1 : 0}
          value={low}
          onChange={(next) => onChange({ ...value, low: next })}
        />
      )}
      {kind === 'between' && (
        <>
          <span aria-hidden>–</span>
          <Amount
            label={t('high')}
            unit={t('timesUnit')}
            value={high}
            onChange={(next) => onChange({ ...value, high: next })}
          />
        </>
      )}
    </>
  );
}

const WINDOWS = ['last_days', 'last_hours', 'days_ago', 'dates', 'ever'] as const;

/** A window of another kind, with what most people mean by it. */
function windowOf(kind: WindowDraft['kind']): WindowDraft {
  if (kind === 'ever' || kind === 'dates') return { kind };
  if (kind === 'days_ago') return { kind, since: 90, until: 30 };
  return { kind, amount: kind === 'last_days' ? 90 : 48 };
}

function Day(props: {
  label: string;
  name: string;
  value: string | undefined;
  onChange: (day: string) => void;
}) {
  return (
    <div style={{ width: 140 }}>
      <DateInput
        {...bare(props.name)}
        aria-label={props.label}
        placeholder={props.label}
        value={props.value ?? ''}
        onChange={props.onChange}
      />
    </div>
  );
}

function Bounds({ id, value, onChange }: PartProps<WindowDraft> & { id: number }) {
  const { t } = useTranslation('analyze');
  switch (value.kind) {
    case 'ever':
      return null;
    case 'last_days':
    case 'last_hours':
      return (
        <Amount
          label={t('howLong')}
          unit={t(value.kind === 'last_days' ? 'days' : 'hours')}
          value={value.amount}
          onChange={(amount) => onChange({ ...value, amount })}
        />
      );
    case 'days_ago':
      return (
        <>
          <Amount
            label={t('low')}
            unit={t('daysAgo')}
            value={value.since}
            onChange={(since) => onChange({ ...value, since })}
          />
          <span aria-hidden>–</span>
          <Amount
            label={t('high')}
            unit={t('daysAgo')}
            least={0}
            value={value.until}
            onChange={(until) => onChange({ ...value, until })}
          />
        </>
      );
    case 'dates':
      return (
        <>
          <Day
            label={t('fromDay')}
            name={`from-${id}`}
            value={value.from}
            onChange={(from) => onChange({ ...value, from })}
          />
          <span aria-hidden>–</span>
          <Day
            label={t('toDay')}
            name={`to-${id}`}
            value={value.to}
            onChange={(to) => onChange({ ...value, to })}
          />
        </>
      );
  }
}

export function WindowPart({ id, value, onChange }: PartProps<WindowDraft> & { id: number }) {
  const { t } = useTranslation('analyze');
  return (
    <>
      <Select
        aria-label={t('within')}
        popupMatchSelectWidth={false}
        style={{ width: 136 }}
        options={WINDOWS.map((kind) => ({ value: kind, label: t(`windows.${kind}`) }))}
        value={value.kind}
        onChange={(kind: WindowDraft['kind']) => onChange(windowOf(kind))}
      />
      <Bounds id={id} value={value} onChange={onChange} />
    </>
  );
}
