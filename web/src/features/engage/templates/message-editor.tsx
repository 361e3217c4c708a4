/** Writing at the left, in blocks or MJML, and how it would arrive at the right. */
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessagePreview, MessagePreviewOut } from '@/api/generated/types.gen';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { Note } from '@/components/marks/note';
import { useSettled } from '@/lib/use-settled';
import { BlockList } from './block-list';
import { type Message, toBody } from './message';
import { MissingRules } from './missing-rules';
import { PreviewPanel, type Reader } from './preview-panel';
import { previewQuery, vocabularyQuery } from './queries';
import styles from './templates.module.css';
import { VariableText } from './variable-text';

interface MessageEditorProps {
  purpose: string;
  value: Message;
  onChange: (message: Message) => void;
}

const NO_VARIABLES = [] as const;

export function usePreview(purpose: string, message: Message, reader: Reader) {
  const body: MessagePreview = useMemo(() => {
    const whom = typeof reader === 'string' ? { sample: reader } : { customer_id: reader.id };
    return { purpose, ...toBody(message), ...whom };
  }, [purpose, message, reader]);
  return useQuery(previewQuery(useSettled(body)));
}

function SourceField({
  value,
  seen,
  onChange,
}: MessageEditorProps & { seen: MessagePreviewOut | undefined }) {
  const { t } = useTranslation('templates');
  return (
    <>
      {value.mode === 'blocks' && <Note tone="primary">{t('sourceNote')}</Note>}
      <Field label={t('source')}>
        {({ status, ...control }) => (
          <div className={styles.source}>
            <Input.TextArea
              {...control}
              status={status}
              spellCheck={false}
              autoSize={{ minRows: 18, maxRows: 40 }}
              value={value.mode === 'source' ? value.source : (seen?.source ?? '')}
              onChange={(event) => onChange({ ...value, mode: 'source', source: event.target.value })}
            />
          </div>
        )}
      </Field>
    </>
  );
}

export function MessageEditor({ purpose, value, onChange }: MessageEditorProps) {
  const { t } = useTranslation('templates');
  const [reader, setReader] = useState<Reader>('usual');
  const [view, setView] = useState<'blocks' | 'source'>(value.mode);
  const { data: vocabulary } = useQuery(vocabularyQuery(purpose, value.language));
  const { data: seen, error } = usePreview(purpose, value, reader);
  const variables = vocabulary?.variables ?? NO_VARIABLES;
  const change = (part: Partial<Message>) => onChange({ ...value, ...part });
  return (
    <div className={styles.desk}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div className={styles.editor} tabIndex={0}>
        <VariableText
          label={t('subject')}
          value={value.subject}
          variables={variables}
          isLine
          maxLength={300}
          onChange={(subject) => change({ subject })}
        />
        <div className={styles.bar}>
          <h2 className={styles.heading}>{t('content')}</h2>
          <Segmented
            label={t('view')}
            options={[
              { value: 'blocks', label: t('asBlocks') },
              { value: 'source', label: t('asSource') },
            ]}
            value={view}
            onChange={setView}
          />
        </div>
        {view === 'source' && <SourceField purpose={purpose} value={value} seen={seen} onChange={onChange} />}
        {view === 'blocks' && value.mode === 'source' && <Note>{t('blocksGone')}</Note>}
        {view === 'blocks' && value.mode === 'blocks' && (
          <>
            <div className={styles.facts}>
              <VariableText
                label={t('preheader')}
                value={value.preview}
                variables={variables}
                isLine
                maxLength={200}
                onChange={(preview) => change({ preview })}
              />
              <Field label={t('color')}>
                {({ id }) => (
                  <input
                    id={id}
                    type="color"
                    className={styles.color}
                    value={value.color}
                    onChange={(event) => change({ color: event.target.value })}
                  />
                )}
              </Field>
            </div>
            <BlockList
              blocks={value.blocks}
              variables={variables}
              onChange={(blocks) => change({ blocks })}
            />
          </>
        )}
        <MissingRules
          rules={{ ...seen?.missing, ...pick(value.missing, seen?.missing) }}
          variables={variables}
          onChange={(name, rule) => change({ missing: { ...value.missing, [name]: rule } })}
        />
      </div>
      <PreviewPanel seen={seen} problem={error} reader={reader} onReader={setReader} />
    </div>
  );
}

/** What was decided of the variables that the message still names. */
function pick(decided: Message['missing'], named: Message['missing'] | undefined): Message['missing'] {
  return Object.fromEntries(Object.entries(decided).filter(([name]) => named && name in named));
}
