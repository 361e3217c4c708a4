/** The tags of a customer, in his header: each with what it means, who put it on and since when; more are put on here. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WornOut } from '@/api/generated/types.gen';
import { Tag } from '@/components/marks/tag';
import { useFormat } from '@/lib/format/use-format';
import { useCan } from '@/lib/session/me';
import { customerTagsQuery, tagsQuery } from './queries';
import styles from './tags.module.css';
import { useTagging } from './use-tagging';

interface ProfileTagsProps {
  customerId: string;
  asOf: string | undefined;
}

function Worn({ tag, onRemove }: { tag: WornOut; onRemove: (() => void) | undefined }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const given = t('tags.given', { date: format.date(tag.given_at), author: tag.author || t('tags.nobody') });
  return (
    <li>
      <Tag tone="primary" title={[tag.meaning, given].filter(Boolean).join('\n')}>
        <Link to="/customers" search={{ filter: [`tag:eq:${tag.id}`] }} className={styles.name}>
          {tag.name}
        </Link>
        {onRemove && (
          <button
            type="button"
            className={`k-plain-button ${styles.remove}`}
            aria-label={t('tags.remove', { name: tag.name })}
            onClick={onRemove}
          >
            <CloseOutlined aria-hidden />
          </button>
        )}
      </Tag>
    </li>
  );
}

interface AddProps {
  worn: readonly WornOut[];
  onAdd: (tag: { id: number; name: string }) => void;
}

function Add({ worn, onAdd }: AddProps) {
  const { t } = useTranslation('customers');
  const canManage = useCan()('tag.manage');
  const [isOpen, setOpen] = useState(false);
  const { data = [], isPending } = useQuery({ ...tagsQuery, enabled: isOpen });
  const free = data.filter(({ id }) => !worn.some((one) => one.id === id));
  if (!isOpen) {
    return (
      <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        {t('tags.add')}
      </Button>
    );
  }
  return (
    <Select
      autoFocus
      defaultOpen
      size="small"
      aria-label={t('tags.choose')}
      placeholder={t('tags.choose')}
      loading={isPending}
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={240}
      style={{ width: 160 }}
      options={free.map(({ id, name, meaning }) => ({ value: id, label: name, meaning }))}
      optionRender={({ data: { label, meaning } }) => (
        <>
          {label}
          {meaning && <span className={`k-caption ${styles.meaning}`}>{meaning}</span>}
        </>
      )}
      notFoundContent={
        <span className="k-caption">
          {t(data.length > 0 ? 'tags.noneLeft' : 'tags.none')}
          {canManage && <Link to="/customers/tags"> {t('tags.manage')}</Link>}
        </span>
      }
      onSelect={(id: number) => {
        const chosen = free.find((one) => one.id === id);
        setOpen(false);
        if (chosen) onAdd(chosen);
      }}
      onBlur={() => setOpen(false)}
    />
  );
}

export function ProfileTags({ customerId, asOf }: ProfileTagsProps) {
  const { t } = useTranslation('customers');
  const { data: worn } = useQuery(customerTagsQuery(customerId, asOf));
  const tagging = useTagging([customerId]);
  const mayTag = useCan()('customer.tag') && !asOf;
  if (!worn || (worn.length === 0 && !mayTag)) return null;
  return (
    <div className={styles.worn}>
      {worn.length > 0 && (
        <ul aria-label={t('tags.title')}>
          {worn.map((tag) => (
            <Worn
              key={tag.id}
              tag={tag}
              onRemove={mayTag ? () => tagging.mutate({ tag, isOff: true }) : undefined}
            />
          ))}
        </ul>
      )}
      {mayTag && <Add worn={worn} onAdd={(tag) => tagging.mutate({ tag })} />}
    </div>
  );
}
