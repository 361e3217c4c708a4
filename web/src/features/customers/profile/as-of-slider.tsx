/** The days of a customer on one line, with a mark where something changed. Arrow keys step from change to change. */
import { Slider } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryOut } from '@/api/generated/types.gen';
import { changeAfter, changeBefore, stateSince, toDay, toNumber } from './as-of-days';
import styles from './profile.module.css';

/** The slider draws no dot for an empty label. */
const MARK = { label: ' ' };

interface AsOfSliderProps {
  history: HistoryOut;
  day: string;
  onChange: (day: string) => void;
}

export function AsOfSlider({ history, day, onChange }: AsOfSliderProps) {
  const { t } = useTranslation('customers');
  const [dragged, setDragged] = useState<string>();
  const { known_since: first, today } = history;
  const changes = history.days.map((change) => change.on);
  const shown = dragged ?? day;
  const step = (event: KeyboardEvent) => {
    const targets: Record<string, string | undefined> = {
      ArrowLeft: changeBefore(changes, shown),
      ArrowDown: changeBefore(changes, shown),
      ArrowRight: changeAfter(changes, shown, today),
      ArrowUp: changeAfter(changes, shown, today),
      Home: first,
      End: today,
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    const target = targets[event.key];
    if (target && target !== day) onChange(target);
  };
  const since = stateSince(changes, shown);
  const count = history.days.find((change) => change.on === shown)?.changes;
  const says = count
    ? t('asOf.changes', { date: shown, count })
    : t('asOf.since', { date: shown, since: since ?? first });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control is the handle within, whose own keys step by days
    <div className={styles.slider} onKeyDown={step}>
      <Slider
        keyboard={false}
        min={toNumber(first)}
        max={toNumber(today)}
        marks={Object.fromEntries(changes.map((change) => [toNumber(change), MARK]))}
        value={toNumber(shown)}
        onChange={(value) => setDragged(toDay(value))}
        onChangeComplete={(value) => {
          setDragged(undefined);
          onChange(toDay(value));
        }}
        tooltip={{ formatter: null }}
        ariaLabelForHandle={t('asOf.label')}
        ariaValueTextFormatterForHandle={(value) => toDay(value)}
      />
      <div className="k-row k-caption">
        <span>{first}</span>
        <span className={styles.sliderSays} role="status">
          {says}
        </span>
        <span>{t('profile.today')}</span>
      </div>
    </div>
  );
}
