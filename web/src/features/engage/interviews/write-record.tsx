/** Writing an interview down: the questions at the left, when, how, themes and notes at the right. It keeps itself. */
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Input, InputNumber } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { discardInterview } from '@/api/generated/sdk.gen';
import type { TalkOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { Card } from '@/components/layout/card';
import { Page, PageBody, PageHeader } from '@/components/layout/page';
import { Segmented } from '@/components/layout/segmented';
import { Tag } from '@/components/marks/tag';
import { LazySurveyForm } from '@/components/survey/lazy-survey-form';
import { useBreadcrumb } from '@/lib/breadcrumb';
import { formatDate, formatDateTime } from '@/lib/format/dates';
import { useFormat } from '@/lib/format/use-format';
import { FinishDialog } from './finish-dialog';
import styles from './interviews.module.css';
import { recordQuery } from './queries';
import { useKeeping, type Written } from './use-keeping';
import { themeName, type Way, ways } from './words';

interface PartProps {
  talk: TalkOut;
  written: Written;
  change: (part: Partial<Written>) => void;
}

function Basics({ written, change }: PartProps) {
  const { t } = useTranslation('interviews');
  return (
    <Card title={t('record.basics')}>
      <div className="k-stack">
        <Segmented<Way>
          label={t('record.way')}
          value={written.way as Way}
          options={ways.map((value) => ({ value, label: t(`ways.${value}`) }))}
          onChange={(way) => change({ way })}
        />
        <Field label={t('record.when')}>
          {(control) => (
            <DateInput
              {...control}
              hasTime
              latest={formatDate(new Date())}
              value={formatDateTime(written.held_at).slice(0, 16).replace(' ', 'T')}
              onChange={(value) => value && change({ held_at: `${value}:00+08:00` })}
            />
          )}
        </Field>
        <Field label={t('record.minutes')} isOptional>
          {({ status, ...control }) => (
            <InputNumber
              {...control}
              status={status}
              min={1}
              max={1440}
              precision={0}
              value={written.minutes}
              onChange={(minutes) => change({ minutes })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}

function Themes({ talk, written, change }: PartProps) {
  const { t } = useTranslation('interviews');
  const { language } = useFormat();
  const toggle = (key: string, isOn: boolean) =>
    change({ codes: isOn ? [...written.codes, key] : written.codes.filter((one) => one !== key) });
  return (
    <Card title={t('record.themes')}>
      {talk.themes.length === 0 ? (
        <span className="k-caption">{t('record.noThemes')}</span>
      ) : (
        <div className={styles.marks}>
          {talk.themes.map((one) => (
            <Checkbox
              key={one.key}
              checked={written.codes.includes(one.key)}
              onChange={(event) => toggle(one.key, event.target.checked)}
            >
              {themeName(one, language)}
            </Checkbox>
          ))}
        </div>
      )}
    </Card>
  );
}

function Notes({ written, change }: PartProps) {
  const { t } = useTranslation('interviews');
  return (
    <Card title={t('record.notes')}>
      <Input.TextArea
        aria-label={t('record.notes')}
        placeholder={t('record.notesHint')}
        value={written.notes}
        maxLength={20_000}
        autoSize={{ minRows: 5, maxRows: 20 }}
        onChange={(event) => change({ notes: event.target.value })}
      />
    </Card>
  );
}

function Discard({ talk, onDrop }: { talk: TalkOut; onDrop: () => void }) {
  const { t } = useTranslation('interviews');
  const client = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const [isAsking, setAsking] = useState(false);
  const discard = async () => {
    onDrop();
    await discardInterview({ path: { record_id: talk.id }, throwOnError: true });
    await navigate({ to: '/customers/$id', params: { id: talk.customer_id } });
    client.removeQueries({ queryKey: recordQuery(talk.id).queryKey });
    void client.invalidateQueries({ queryKey: ['interviews'] });
    notify.done(t('record.discarded'));
  };
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {t('record.discard')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('record.discardTitle')}
        confirmLabel={t('record.discard')}
        isDestructive
        onConfirm={discard}
        onClose={() => setAsking(false)}
      >
        {t('record.discardText')}
      </ConfirmDialog>
    </>
  );
}

export function WriteRecord({ talk }: { talk: TalkOut }) {
  const { t, i18n } = useTranslation('interviews');
  const format = useFormat();
  const { written, change, flush, drop, state, at, problem } = useKeeping(talk);
  const [isFinishing, setFinishing] = useState(false);
  const answer = useCallback((answers: Record<string, unknown>) => change({ answers }), [change]);
  const name = talk.customer || t('records.nameless');
  useBreadcrumb([
    { label: talk.guide, to: `/engage/interviews/${talk.guide_id}` },
    { label: name, isPersonal: true },
  ]);
  const keptWords = {
    kept: t('record.savedAt', { time: format.near(at) }),
    waiting: t('record.saving'),
    failed: t('record.notSaved'),
  };
  const part = { talk, written, change };
  return (
    <Page>
      <PageHeader
        frame="bar"
        title={
          <Link to="/customers/$id" params={{ id: talk.customer_id }} className="k-link">
            {name}
          </Link>
        }
        tags={<Tag>{t('recordStates.draft')}</Tag>}
        subtitle={
          <span role="status" className={state === 'failed' ? 'k-warning' : ''}>
            {keptWords[state]}　{t('record.own')}
          </span>
        }
        actions={
          <>
            <Discard talk={talk} onDrop={drop} />
            <Button type="primary" onClick={() => setFinishing(true)}>
              {t('record.finish')}
            </Button>
          </>
        }
      />
      <PageBody>
        <ProblemNote problem={problem} />
        <div className={styles.columns}>
          <Card title={t('record.draftOf', { guide: talk.guide })} isPadded={false}>
            <LazySurveyForm
              definition={talk.definition}
              language={i18n.language}
              saved={talk.answers}
              onChange={answer}
              isBare
            />
          </Card>
          <div className={styles.side}>
            <Basics {...part} />
            <Themes {...part} />
            <Notes {...part} />
          </div>
        </div>
      </PageBody>
      {isFinishing && (
        <FinishDialog talk={talk} written={written} flush={flush} onClose={() => setFinishing(false)} />
      )}
    </Page>
  );
}
