/** 记一次联系: how, when and what was said; it stands on the timeline at once. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordContact } from '@/api/generated/sdk.gen';
import { ProblemNote } from '@/components/dialogs/problem-note';
import { useNotify } from '@/components/dialogs/use-notify';
import { DateInput } from '@/components/form/date-input';
import { Field } from '@/components/form/field';
import { Segmented } from '@/components/layout/segmented';
import { SideDrawer } from '@/components/layout/side-drawer';
import { formatDate } from '@/lib/format/dates';

const kinds = ['call', 'visit', 'message', 'note'] as const;
type ContactKind = (typeof kinds)[number];

interface ContactDrawerProps {
  isOpen: boolean;
  customerId: string;
  name: string;
  onClose: () => void;
}

function useContact({ customerId, onClose }: ContactDrawerProps) {
  const { t } = useTranslation('customers');
  const client = useQueryClient();
  const notify = useNotify();
  const [kind, setKind] = useState<ContactKind>('call');
  const [text, setText] = useState('');
  const [at, setAt] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const record = async () => {
    if (!text.trim() || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await recordContact({
        path: { customer_id: customerId },
        body: { kind, text: text.trim(), ...(at ? { happened_at: `${at}:00+08:00` } : {}) },
        throwOnError: true,
      });
      await client.invalidateQueries({ queryKey: ['customer', customerId] });
      notify.done(t('contact.done'));
      setText('');
      setAt('');
      onClose();
    } catch (caught) {
      setProblem(caught);
    } finally {
      setBusy(false);
    }
  };
  return { kind, setKind, text, setText, at, setAt, problem, isBusy, record };
}

/** What was written stays when the drawer is closed by mistake; it goes when it is recorded or the page is left. */
export function ContactDrawer(props: ContactDrawerProps) {
  const { isOpen, name, onClose } = props;
  const { t } = useTranslation(['customers', 'common']);
  const id = useId();
  const { kind, setKind, text, setText, at, setAt, problem, isBusy, record } = useContact(props);
  return (
    <SideDrawer
      isOpen={isOpen}
      onClose={onClose}
      title={t('contact.title', { name })}
      foot={
        <>
          <span className="k-caption k-grow">{t('contact.foot')}</span>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="primary" htmlType="submit" form={id} loading={isBusy} disabled={!text.trim()}>
            {t('contact.save')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="k-stack"
        onSubmit={(event) => {
          event.preventDefault();
          void record();
        }}
      >
        <div>
          <Segmented
            label={t('contact.kind')}
            value={kind}
            onChange={setKind}
            options={kinds.map((value) => ({ value, label: t(`contact.kinds.${value}`) }))}
          />
        </div>
        <Field label={t('contact.text')}>
          {(control) => (
            <Input.TextArea
              {...control}
              autoFocus
              value={text}
              maxLength={4000}
              autoSize={{ minRows: 4, maxRows: 14 }}
              placeholder={t('contact.example')}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void record();
              }}
            />
          )}
        </Field>
        <Field label={t('contact.at')} hint={t('contact.atHint')} isOptional>
          {(control) => (
            <DateInput {...control} hasTime latest={formatDate(new Date())} value={at} onChange={setAt} />
          )}
        </Field>
        <ProblemNote problem={problem} />
      </form>
    </SideDrawer>
  );
}
