/** Which events count, by what their properties say, and how long to wait after one. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { Field } from '@/components/form/field';
import { addCondition, type Condition, MOST_CONDITIONS } from './draft';
import type { PartProps } from './whom-part';

interface ConditionRowProps {
  condition: Condition;
  number: number;
  onChange: (part: Partial<Condition>) => void;
  onRemove: () => void;
}

function ConditionRow({ condition, number, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation('campaigns');
  return (
    <li style={{ display: 'grid', gridTemplateColumns: '1fr auto 1fr auto', gap: 8, alignItems: 'center' }}>
      <Input
        aria-label={t('whereKey', { number })}
        placeholder={t('whereKeyPlaceholder')}
        value={condition.key}
        maxLength={100}
        onChange={(event) => onChange({ key: event.target.value })}
      />
      <span>{t('whereEquals')}</span>
      <Input
        aria-label={t('whereValue', { number })}
        placeholder={t('whereValuePlaceholder')}
        value={condition.value}
        onChange={(event) => onChange({ value: event.target.value })}
      />
      <Button
        type="text"
        icon={<CloseOutlined />}
        aria-label={t('removeWhere', { number })}
        onClick={onRemove}
      />
    </li>
  );
}

function Conditions({ draft: { where }, change }: PartProps) {
  const { t } = useTranslation('campaigns');
  const put = (id: number, part: Partial<Condition>) =>
    change({ where: where.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  return (
    <section className="k-stack" style={{ gap: 8 }}>
      <h3 className="k-label k-small" style={{ margin: 0 }}>
        {t('where')}
      </h3>
      <span className="k-caption">{t('whereHint')}</span>
      {where.length > 0 && (
        <ul className="k-stack" style={{ gap: 8, margin: 0, padding: 0, listStyle: 'none' }}>
          {where.map((condition, place) => (
            <ConditionRow
              key={condition.id}
              condition={condition}
              number={place + 1}
              onChange={(part) => put(condition.id, part)}
              onRemove={() => change({ where: where.filter(({ id }) => id !== condition.id) })}
            />
          ))}
        </ul>
      )}
      <Button
        type="link"
        size="small"
        icon={<PlusOutlined />}
        style={{ alignSelf: 'start', paddingInline: 0 }}
        disabled={where.length >= MOST_CONDITIONS}
        onClick={() => change({ where: addCondition(where) })}
      >
        {t('addWhere')}
      </Button>
    </section>
  );
}

export function AfterEvent({ draft, change }: PartProps) {
  const { t } = useTranslation('campaigns');
  return (
    <>
      <Conditions draft={draft} change={change} />
      <Field label={t('delayHours')} hint={t('delayHint')}>
        {({ status, ...control }) => (
          <InputNumber
            {...control}
            status={status}
            min={0}
            max={720}
            precision={0}
            value={draft.delayHours}
            onChange={(delayHours) => change({ delayHours: delayHours ?? 0 })}
          />
        )}
      </Field>
    </>
  );
}
