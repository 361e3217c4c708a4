/** Who stands behind a step of a funnel. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { BehindDrawer } from './behind-drawer';
import { type Asked, PEOPLE_PAGE, peopleQuery, type StepAt } from './queries';

interface PeopleProps {
  asked: Asked;
  at: StepAt;
  onClose: () => void;
}

export function StepDrawer({ asked, at, onClose }: PeopleProps) {
  const { t } = useTranslation('behavior');
  const pages = useCursorPages(JSON.stringify([asked, at]), PEOPLE_PAGE);
  const query = useQuery(peopleQuery(asked, at, pages.cursor));
  const steps = asked.definition.steps as { event: string }[];
  const event = steps[at.step - 1]?.event ?? '';
  const title = t(at.which === 'stopped' ? 'stoppedTitle' : 'reachedTitle', { step: at.step, event });
  return (
    <BehindDrawer
      title={title}
      proposal={title}
      purpose={asked.purpose}
      query={query}
      pages={pages}
      onClose={onClose}
    />
  );
}
