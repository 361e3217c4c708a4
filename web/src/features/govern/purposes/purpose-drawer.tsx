/** One purpose: whom it may take, its terms, the notice that people were shown, and the versions before. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { updatePurpose } from '@/api/generated/sdk.gen';
import type { PurposeDetails, TermsOut } from '@/api/generated/types.gen';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';
import { useNotify } from '@/components/dialogs/use-notify';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Note } from '@/components/marks/note';
import { Tag } from '@/components/marks/tag';
import { QueryView } from '@/components/states/query-view';
import { useFormat } from '@/lib/format/use-format';
import styles from './purposes.module.css';
import { purposeQuery, purposesQuery } from './queries';
import { useWords } from './use-words';

function Terms({ terms }: { terms: TermsOut }) {
  const { t } = useTranslation('govern');
  const format = useFormat();
  const words = useWords();
  const lines = [
    [t('purposes.basis'), words.basis(terms.legal_basis)],
    [t('purposes.channels'), words.channels(terms.channels)],
    [t('purposes.classes'), terms.data_classes.join(t('purposes.comma'))],
    [t('purposes.retention'), t('purposes.days', { number: format.count(terms.retention_days) })],
    [t('purposes.automated'), t(terms.is_automated ? 'purposes.automatedYes' : 'purposes.automatedNo')],
    [t('purposes.separate'), t(terms.is_separate ? 'purposes.separateYes' : 'purposes.separateNo')],
    [t('purposes.published'), format.legalTime(terms.published_at)],
  ] as const;
  return (
    <dl className={styles.lines}>
      {lines.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Notice({ terms }: { terms: TermsOut }) {
  const { t } = useTranslation('govern');
  const words = useWords();
  return (
    <section className="k-stack">
      <h2 className={styles.title}>{t('purposes.notice')}</h2>
      <dl className={styles.notice}>
        {['text', ...words.slots]
          .filter((slot) => terms.notice[slot])
          .map((slot) => (
            <div key={slot}>
              {slot !== 'text' && <dt>{words.slot(slot)}</dt>}
              <dd>{terms.notice[slot]}</dd>
            </div>
          ))}
      </dl>
      <p className="k-caption">{t('purposes.hash', { hash: terms.notice_hash })}</p>
    </section>
  );
}

function Earlier({ versions }: { versions: readonly TermsOut[] }) {
  const { t } = useTranslation('govern');
  const format = useFormat();
  const words = useWords();
  if (versions.length === 0) return null;
  return (
    <section className="k-stack">
      <h2 className={styles.title}>{t('purposes.earlier')}</h2>
      <ul className={styles.versions}>
        {versions.map((one) => (
          <li key={one.version}>
            <span>{t('purposes.versionOf', { version: one.version })}</span>
            <span className="k-grow k-caption">{words.channels(one.channels)}</span>
            <span className="k-caption">{format.date(one.published_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reach({ found }: { found: PurposeDetails }) {
  const { t } = useTranslation('govern');
  const format = useFormat();
  if (found.allowed === null || found.left_out === null) return null;
  return (
    <Note tone={found.allowed > 0 ? 'primary' : 'neutral'}>
      {t('purposes.reach', {
        allowed: format.count(found.allowed),
        leftOut: format.count(found.left_out),
      })}
    </Note>
  );
}

function useSwitch(key: string, onDone: () => void) {
  const { t } = useTranslation('govern');
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: async (isActive: boolean) =>
      (await updatePurpose({ path: { key }, body: { is_active: isActive }, throwOnError: true })).data,
    onSuccess: ({ is_active: isActive }) => {
      void client.invalidateQueries({ queryKey: purposesQuery.queryKey });
      notify.done(t(isActive ? 'purposes.backInUse' : 'purposes.putOff'));
      onDone();
    },
  });
}

interface PurposeDrawerProps {
  purposeKey: string;
  onPublish: (() => void) | undefined;
  onClose: () => void;
}

export function PurposeDrawer({ purposeKey, onPublish, onClose }: PurposeDrawerProps) {
  const { t } = useTranslation('govern');
  const words = useWords();
  const [isEnding, setEnding] = useState(false);
  const query = useQuery(purposeQuery(purposeKey));
  const toggle = useSwitch(purposeKey, () => setEnding(false));
  const found = query.data;
  const name = found ? words.label(found.name) : purposeKey;
  const foot = onPublish && found && (
    <>
      <Button
        danger={found.is_active}
        loading={toggle.isPending}
        onClick={() => (found.is_active ? setEnding(true) : toggle.mutate(true))}
      >
        {t(found.is_active ? 'purposes.stop' : 'purposes.resume')}
      </Button>
      <Button type="primary" onClick={onPublish}>
        {t('purposes.publish')}
      </Button>
    </>
  );
  return (
    <SideDrawer
      isOpen
      size="wide"
      onClose={onClose}
      title={name}
      tags={
        found && (
          <>
            <Tag>{t('purposes.versionOf', { version: found.current.version })}</Tag>
            {!found.is_active && <Tag tone="warning">{t('purposes.off')}</Tag>}
          </>
        )
      }
      foot={foot}
    >
      <QueryView query={query}>
        {(purpose) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard
          <section className="k-stack" tabIndex={0} aria-label={name}>
            <Reach found={purpose} />
            <Terms terms={purpose.current} />
            <Notice terms={purpose.current} />
            <Earlier versions={purpose.versions.slice(1)} />
          </section>
        )}
      </QueryView>
      <ConfirmDialog
        isOpen={isEnding}
        title={t('purposes.stopTitle', { name })}
        confirmLabel={t('purposes.stop')}
        isDestructive
        onConfirm={() => toggle.mutateAsync(false)}
        onClose={() => setEnding(false)}
      >
        {t('purposes.stopText')}
      </ConfirmDialog>
    </SideDrawer>
  );
}
