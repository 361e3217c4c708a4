/** What can be chosen: the text of each in the language that is edited; its code stays, since answers hold it. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './builder.module.css';
import type { ChoiceDraft, Tongue } from './draft';

interface ChoicesEditorProps {
  label: string;
  choices: readonly ChoiceDraft[];
  tongue: Tongue;
  onChange: (choices: ChoiceDraft[]) => void;
}

function freeValue(choices: readonly ChoiceDraft[]): string {
  const taken = new Set(choices.map(({ value }) => value));
  let n = choices.length + 1;
  while (taken.has(`o${n}`)) n += 1;
  return `o${n}`;
}

export function ChoicesEditor({ label, choices, tongue, onChange }: ChoicesEditorProps) {
  const { t } = useTranslation('surveys');
  const write = (at: number, text: string) =>
    onChange(choices.map((one, i) => (i === at ? { ...one, text: { ...one.text, [tongue]: text } } : one)));
  const add = () => {
    const value = freeValue(choices);
    onChange([...choices, { value, text: { default: t('choice', { number: choices.length + 1 }) } }]);
  };
  return (
    <fieldset className={styles.choices}>
      <legend>{label}</legend>
      {choices.map((one, at) => (
        <div key={one.value} className="k-row">
          <Input
            aria-label={t('choiceOf', { label, number: at + 1 })}
            value={one.text[tongue] ?? ''}
            placeholder={one.text.default}
            maxLength={500}
            onChange={(event) => write(at, event.target.value)}
          />
          <span className="k-caption k-mono">{one.value}</span>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            disabled={choices.length < 2}
            aria-label={t('removeChoice', { number: at + 1 })}
            onClick={() => onChange(choices.filter((other) => other !== one))}
          />
        </div>
      ))}
      <div>
        <Button size="small" icon={<PlusOutlined />} onClick={add}>
          {t('addChoice')}
        </Button>
      </div>
    </fieldset>
  );
}
