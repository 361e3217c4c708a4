/** One entry, whole: everything that was written down, to be read and copied. */
import { CheckOutlined, CopyOutlined, FilterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEventOut } from '@/api/generated/types.gen';
import { SideDrawer } from '@/components/layout/side-drawer';
import { useFormat } from '@/lib/format/use-format';
import styles from './audit.module.css';
import { DecisionMark } from './decision-mark';
import type { AuditSearch } from './search-params';
import { useAuditWords } from './use-words';

interface EntryDrawerProps {
  entry: AuditEventOut;
  onClose: () => void;
  onFilter: (search: AuditSearch) => void;
}

function CopyId({ id }: { id: string }) {
  const { t } = useTranslation(['govern', 'common']);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    setCopied(true);
  };
  return (
    <Button size="small" icon={isCopied ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void copy()}>
      {isCopied ? t('common:copied') : t('audit.copyId')}
    </Button>
  );
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function Facts({ entry }: { entry: AuditEventOut }) {
  const { t } = useTranslation(['govern', 'common']);
  const format = useFormat();
  const words = useAuditWords();
  const { actor, object } = entry;
  const facts: [string, ReactNode][] = [
    [t('audit.time'), `${format.legalTime(entry.at)} ${format.zone(entry.at)}`],
    [
      t('audit.who'),
      actor.id === null
        ? t('audit.system')
        : `${actor.name} ${t('audit.inBrackets', { text: t('audit.userNumber', { id: actor.id }) })}`,
    ],
    [t('audit.action'), `${words.action(entry.action)} ${entry.action}`],
    [t('audit.object'), object.kind ? `${words.object(object.kind)} ${object.ref}` : '—'],
    [t('audit.decision'), <DecisionMark key="decision" decision={entry.decision} />],
    [t('audit.fields'), entry.fields.map(words.field).join(t('common:listComma')) || '—'],
    [t('audit.reason'), entry.reason || '—'],
    [t('audit.rows'), entry.row_count === null ? '—' : format.count(entry.row_count)],
    ...Object.entries(entry.details).map(([key, value]): [string, ReactNode] => [
      key,
      <span key={key} className="k-mono">
        {written(value)}
      </span>,
    ]),
    [
      t('audit.seal'),
      entry.batch === null ? t('audit.unsealedLong') : t('audit.sealedLong', { number: entry.batch }),
    ],
    [t('audit.request'), entry.request_id || '—'],
    [
      t('audit.id'),
      <span key="id" className="k-mono">
        {entry.id}
      </span>,
    ],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function EntryDrawer({ entry, onClose, onFilter }: EntryDrawerProps) {
  const { t } = useTranslation('govern');
  const words = useAuditWords();
  const { actor, object } = entry;
  return (
    <SideDrawer isOpen size="wide" onClose={onClose} title={t('audit.entry')} foot={<CopyId id={entry.id} />}>
      <div className="k-stack">
        <p className={styles.sentence}>{words.sentence(entry)}</p>
        <Facts entry={entry} />
        <div className="k-row k-wrap">
          {actor.id !== null && (
            <Button
              size="small"
              icon={<FilterOutlined />}
              onClick={() => actor.id !== null && onFilter({ actor: actor.id })}
            >
              {t('audit.onlyWho')}
            </Button>
          )}
          {object.kind && object.kind !== 'customer' && object.ref && (
            <Button
              size="small"
              icon={<FilterOutlined />}
              onClick={() => onFilter({ object: `${object.kind}:${object.ref}` })}
            >
              {t('audit.onlyObject')}
            </Button>
          )}
          <Button size="small" icon={<FilterOutlined />} onClick={() => onFilter({ action: entry.action })}>
            {t('audit.onlyAction')}
          </Button>
        </div>
      </div>
    </SideDrawer>
  );
}
