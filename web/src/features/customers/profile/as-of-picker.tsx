/** 截至今天: a slider through the days of a customer, and a field for an exact one; the page then shows what was known at its end. */
import { CalendarOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryOut } from '@/api/generated/types.gen';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { FocusFirst } from '@/components/form/focus-first';
import { QueryView } from '@/components/states/query-view';
import { AsOfSlider } from './as-of-slider';
import styles from './profile.module.css';
import { historyQuery } from './queries';

interface AsOfPickerProps {
  customerId: string;
  day: string | undefined;
  onChange: (day: string | undefined) => void;
}

interface ChoiceProps extends Pick<AsOfPickerProps, 'day' | 'onChange'> {
  history: HistoryOut;
}

function Choice({ history, day, onChange }: ChoiceProps) {
  const { t } = useTranslation('customers');
  const { known_since: first, today } = history;
  if (first === today) return <p className="k-small k-label">{t('asOf.onlyToday')}</p>;
  const show = (next: string) => onChange(next === today ? undefined : next);
  return (
    <>
      <AsOfSlider history={history} day={day ?? today} onChange={show} />
      <Field label={t('asOf.exact')} hint={t('asOf.hint')}>
        {(control) => (
          <DateInput
            {...control}
            earliest={first}
            latest={today}
            value={day ?? today}
            onChange={(next) => show(next || today)}
          />
        )}
      </Field>
    </>
  );
}

export function AsOfPicker({ customerId, day, onChange }: AsOfPickerProps) {
  const { t } = useTranslation('customers');
  const [isOpen, setOpen] = useState(false);
  const answer = useQuery({ ...historyQuery(customerId), enabled: isOpen });
  return (
    <Popover
      content={
        <section className={styles.asOf} aria-label={t('asOf.label')}>
          <h2>{t('asOf.label')}</h2>
          <QueryView query={answer}>
            {(history) => (
              <FocusFirst>
                <Choice history={history} day={day} onChange={onChange} />
              </FocusFirst>
            )}
          </QueryView>
        </section>
      }
      trigger="click"
      placement="bottomRight"
      arrow={false}
      open={isOpen}
      onOpenChange={setOpen}
      destroyOnHidden
    >
      <Button icon={<CalendarOutlined />} aria-expanded={isOpen}>
        {day ? t('asOf.day', { date: day }) : t('asOf.today')}
      </Button>
    </Popover>
  );
}
