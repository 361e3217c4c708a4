/** Who is behind a cell of 留存: of one cohort, who came back in a later period or who did not; they can be saved as a segment. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { Segmented } from '@/components/layout/segmented';
import { BehindDrawer } from './behind-drawer';
import { type Asked, type CohortAt, cohortPeopleQuery, PEOPLE_PAGE, WHICH } from './queries';

interface CohortProps {
  asked: Asked;
  at: CohortAt;
  onClose: () => void;
}

export function CohortDrawer({ asked, at, onClose }: CohortProps) {
  const { t } = useTranslation('behavior');
  const [which, setWhich] = useState<(typeof WHICH)[number]>('back');
  const { cohort, later, period, laterName } = at;
  const pages = useCursorPages(JSON.stringify([asked, cohort, later, which]), PEOPLE_PAGE);
  const query = useQuery(cohortPeopleQuery(asked, { cohort, later, which }, pages.cursor));
  const title = later === 0 ? t('cohortTitle', { period }) : t('laterTitle', { period, later: laterName });
  return (
    <BehindDrawer
      title={title}
      proposal={later === 0 ? title : `${title}${t(`whichMark.${which}`)}`}
      purpose={asked.purpose}
      query={query}
      pages={pages}
      onClose={onClose}
      choice={
        later > 0 && (
          <Segmented
            label={t('which')}
            options={WHICH.map((value) => ({ value, label: t(`whichOptions.${value}`) }))}
            value={which}
            onChange={setWhich}
          />
        )
      }
    />
  );
}
