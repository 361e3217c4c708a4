/** Which days, compared with which, of which unit; and the same in words for a sheet of paper. */
import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMode } from '@/components/theme/theme-provider';
import { useFormat } from '@/lib/format/use-format';
import { printPage } from '@/lib/paper';
import { useMe } from '@/lib/session/me';
import styles from './dashboards.module.css';
import { comparisons, type Question, spans, unitsQuery } from './queries';

export function Filters({
  question,
  onChange,
}: {
  question: Question;
  onChange: (change: Partial<Question>) => void;
}) {
  const { t } = useTranslation('dashboards');
  const mode = useMode();
  const { data: units = [] } = useQuery(unitsQuery);
  return (
    <>
      <Select
        aria-label={t('span')}
        value={question.span}
        style={{ width: 128 }}
        options={spans.map((value) => ({ value, label: t(`spans.${value}`) }))}
        onChange={(span) => onChange({ span })}
      />
      <Select
        aria-label={t('compare')}
        value={question.compare}
        style={{ width: 148 }}
        options={comparisons.map((value) => ({ value, label: t(`comparisons.${value}`) }))}
        onChange={(compare) => onChange({ compare })}
      />
      <Select
        aria-label={t('unit')}
        showSearch
        optionFilterProp="label"
        value={question.unit}
        style={{ width: 168 }}
        options={[
          { value: '', label: t('allUnits') },
          ...units.map((unit) => ({ value: unit.code, label: unit.name })),
        ]}
        onChange={(unit) => onChange({ unit })}
      />
      <Button icon={<PrinterOutlined />} onClick={() => void printPage(mode === 'dark')}>
        {t('print')}
      </Button>
    </>
  );
}

/** What stands on the sheet in the place of the filters: which dashboard, which days, of which unit, printed when and by whom. */
export function Printed({ name, question }: { name: string; question: Question }) {
  const { t } = useTranslation('dashboards');
  const format = useFormat();
  const me = useMe();
  const { data: units = [] } = useQuery(unitsQuery);
  const unit = units.find((one) => one.code === question.unit)?.name ?? t('allUnits');
  const parts = [name, t(`spans.${question.span}`), t(`comparisons.${question.compare}`), unit];
  return (
    <p className={styles.printed}>
      {parts.join(' · ')} · {t('printed', { time: format.dateTime(new Date()), name: me.user.name })}
    </p>
  );
}
