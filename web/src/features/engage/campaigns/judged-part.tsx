/** By what it is judged: the event that counts as success, those held out to compare with, and what goes first. */
import { Checkbox, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { OutlookNote } from './plan/outlook-note';
import type { PartProps } from './whom-part';

const MOST_HELD = 50;

export function Judged({ draft, change }: PartProps) {
  const { t } = useTranslation('campaigns');
  return (
    <Card title={t('judgedTitle')}>
      <div className="k-stack" style={{ maxWidth: 560 }}>
        <Field label={t('goal')} hint={t('goalHint')} isOptional>
          {(control) => (
            <Input
              {...control}
              value={draft.goalEvent}
              onChange={(event) => change({ goalEvent: event.target.value })}
            />
          )}
        </Field>
        {draft.goalEvent.trim() !== '' && (
          <Field label={t('goalDays')}>
            {({ status, ...control }) => (
              <InputNumber
                {...control}
                status={status}
                min={1}
                max={365}
                precision={0}
                value={draft.goalDays}
                onChange={(goalDays) => change({ goalDays: goalDays ?? 7 })}
              />
            )}
          </Field>
        )}
        <Field label={t('holdout')} hint={t('holdoutHint')}>
          {({ status, ...control }) => (
            <InputNumber
              {...control}
              status={status}
              min={0}
              max={MOST_HELD}
              precision={0}
              suffix="%"
              value={draft.holdoutPercent}
              onChange={(holdoutPercent) => change({ holdoutPercent: holdoutPercent ?? 0 })}
            />
          )}
        </Field>
        <OutlookNote draft={draft} />
        <Field label={t('priority')} hint={t('priorityHint')}>
          {({ status, ...control }) => (
            <InputNumber
              {...control}
              status={status}
              min={0}
              max={100}
              precision={0}
              value={draft.priority}
              onChange={(priority) => change({ priority: priority ?? 50 })}
            />
          )}
        </Field>
        <Checkbox checked={draft.isService} onChange={(event) => change({ isService: event.target.checked })}>
          {t('isService')}
        </Checkbox>
      </div>
    </Card>
  );
}
