/** Who is behind a figure of behavior, of those whom the reader sees; they can be saved as a segment. */
import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BehaviorPeopleOut } from '@/api/generated/types.gen';
import { PeopleDrawer } from '@/components/customer/people-drawer';
import type { CursorPages } from '@/components/grid/use-cursor-pages';
import { useCan } from '@/lib/session/me';
import { SaveDialog } from './save-dialog';

interface BehindProps {
  title: string;
  /** The name of a segment to start from. */
  proposal: string;
  purpose: string;
  query: UseQueryResult<BehaviorPeopleOut>;
  pages: CursorPages;
  onClose: () => void;
  choice?: ReactNode;
}

export function BehindDrawer({ title, proposal, purpose, query, pages, onClose, choice }: BehindProps) {
  const { t } = useTranslation('behavior');
  const can = useCan();
  const [isSaving, setSaving] = useState(false);
  const definition = query.data?.definition;
  return (
    <PeopleDrawer
      title={title}
      text={t('peopleText')}
      query={query}
      pages={pages}
      onClose={onClose}
      choice={choice}
      acts={
        can('segment.manage') && (
          <Button disabled={!definition} onClick={() => setSaving(true)}>
            {t('saveSegment')}
          </Button>
        )
      }
    >
      {definition && isSaving && (
        <SaveDialog
          isOpen
          proposal={proposal}
          purpose={purpose}
          definition={definition}
          onClose={() => setSaving(false)}
        />
      )}
    </PeopleDrawer>
  );
}
