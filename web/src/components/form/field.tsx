/** Label, control, hint and error of one field, tied together for every reader. The one way a form shows a field. */
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '@/lib/http/problem';
import styles from './form.module.css';

/** Spread onto the control. */
export interface FieldControl {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  status: 'error' | '';
}

interface FieldProps {
  label: string;
  /** At the end of the label's line, such as a link. */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  isOptional?: boolean;
  children: (control: FieldControl) => ReactNode;
}

export function Field({ label, aside, hint, error, isOptional = false, children }: FieldProps) {
  const id = useId();
  const { t } = useTranslation();
  const below = `${id}-below`;
  const hasBelow = Boolean(error || hint);
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>
          {label}
          {isOptional && <span className={styles.optional}>{t('optional')}</span>}
        </label>
        {aside}
      </div>
      {children({
        id,
        'aria-describedby': hasBelow ? below : undefined,
        'aria-invalid': error ? true : undefined,
        status: error ? 'error' : '',
      })}
      {hasBelow && (
        <div
          id={below}
          className={`${styles.below} ${error ? styles.error : ''}`}
          role={error ? 'alert' : undefined}
        >
          {error ?? hint}
        </div>
      )}
    </div>
  );
}

/** What a refused form says of each field, by the last part of the field's path; `fallback` where the server has no words. */
export function fieldErrors(problem: unknown, fallback: string): Readonly<Record<string, string>> {
  if (!(problem instanceof ApiProblem)) return {};
  return Object.fromEntries(
    problem.fields.map(({ field, message }) => [field.split('.').at(-1) ?? field, message ?? fallback]),
  );
}
