/** Choices one below the other, each with a line that explains it: where two to six have to be read before choosing. */
import { type ReactNode, useId } from 'react';
import styles from './form.module.css';

export interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
  detail?: ReactNode;
}

interface ChoiceListProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  size?: 'normal' | 'small';
}

export function ChoiceList<Value extends string>(props: ChoiceListProps<Value>) {
  const { label, choices, value, onChange, size = 'normal' } = props;
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend className="k-unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice} data-size={size}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>
            {choice.value === value && choice.detail ? <b>{choice.label}</b> : choice.label}
            {choice.detail && <small>{choice.detail}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
