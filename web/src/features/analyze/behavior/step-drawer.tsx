/** Who stands behind a step, of those whom the reader sees; they can be saved as a segment. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PeopleDrawer } from '@/components/customer/people-drawer';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { useCan } from '@/lib/session/me';
import { type Asked, peopleQuery, type StepAt } from './queries';
import { SaveDialog } from './save-dialog';

const PAGE = 50;

interface PeopleProps {
  asked: Asked;
  at: StepAt;
  onClose: () => void;
}

export function StepDrawer({ asked, at, onClose }: PeopleProps) {
  const { t } = useTranslation('behavior');
  const can = useCan();
  const [isSaving, setSaving] = useState(false);
  const pages = useCursorPages(JSON.stringify([asked, at]), PAGE);
  const query = useQuery(peopleQuery(asked, at, pages.cursor));
  const steps = asked.definition.steps as { event: string }[];
  const event = steps[at.step - 1]?.event ?? '';
  const title = t(at.which === 'stopped' ? 'stoppedTitle' : 'reachedTitle', { step: at.step, event });
  const definition = query.data?.definition;
  return (
    <PeopleDrawer
      title={title}
      text={t('peopleText')}
      query={query}
      pages={pages}
      onClose={onClose}
      acts={
        can('segment.manage') && (
          <Button disabled={!definition} onClick={() => setSaving(true)}>
            {t('saveSegment')}
          </Button>
        )
      }
    >
      {definition && (
        <SaveDialog
          isOpen={isSaving}
          proposal={title}
          purpose={asked.purpose}
          definition={definition}
          onClose={() => setSaving(false)}
        />
      )}
    </PeopleDrawer>
  );
}
