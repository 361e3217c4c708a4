/** When it goes out: once, by the calendar, or when somebody enters the segment or does something. */
import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { AfterEvent } from './after-event';
import { KINDS, type Kind } from './draft';
import type { PartProps } from './whom-part';

const LAST_DAY = 28;

export function When({ draft, change }: PartProps) {
  const { t } = useTranslation('campaigns');
  const isRepeated = draft.kind === 'daily' || draft.kind === 'weekly' || draft.kind === 'monthly';
  return (
    <Card title={t('whenTitle')}>
      <div className="k-stack" style={{ maxWidth: 560 }}>
        <Field label={t('schedule')}>
          {(control) => (
            <Select
              {...control}
              value={draft.kind}
              options={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
              onChange={(kind: Kind) => change({ kind, day: 1 })}
            />
          )}
        </Field>
        {draft.kind === 'once' && (
          <Field label={t('at')} hint={t('atHint')} isOptional>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={draft.at}
                onChange={(event) => change({ at: event.target.value })}
              />
            )}
          </Field>
        )}
        {draft.kind === 'weekly' && (
          <Field label={t('weekday')}>
            {(control) => (
              <Select
                {...control}
                value={draft.day}
                options={([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({
                  value: day,
                  label: t(`weekdays.${day}`),
                }))}
                onChange={(day: number) => change({ day })}
              />
            )}
          </Field>
        )}
        {draft.kind === 'monthly' && (
          <Field label={t('monthday')}>
            {({ status, ...control }) => (
              <InputNumber
                {...control}
                status={status}
                min={1}
                max={LAST_DAY}
                precision={0}
                value={draft.day}
                onChange={(day) => change({ day: day ?? 1 })}
              />
            )}
          </Field>
        )}
        {isRepeated && (
          <Field label={t('time')}>
            {(control) => (
              <Input
                {...control}
                type="time"
                value={draft.time}
                onChange={(event) => change({ time: event.target.value })}
              />
            )}
          </Field>
        )}
        {draft.kind === 'on_event' && (
          <Field label={t('event')} hint={t('eventHint')}>
            {(control) => (
              <Input
                {...control}
                value={draft.event}
                onChange={(event) => change({ event: event.target.value })}
              />
            )}
          </Field>
        )}
        {draft.kind === 'on_event' && <AfterEvent draft={draft} change={change} />}
        <Checkbox
          checked={draft.onlyWorkingDays}
          onChange={(event) => change({ onlyWorkingDays: event.target.checked })}
        >
          {t('onlyWorkingDays')}
        </Checkbox>
      </div>
    </Card>
  );
}
