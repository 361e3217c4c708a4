/** Who stands behind a step, of those whom the reader sees; they can be saved as a segment. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCursorPages } from '@/components/grid/use-cursor-pages';
import { SideDrawer } from '@/components/layout/side-drawer';
import { Avatar } from '@/components/marks/avatar';
import { QueryView } from '@/components/states/query-view';
import { useCan } from '@/lib/session/me';
import styles from './behavior.module.css';
import { type Asked, peopleQuery, type StepAt } from './queries';
import { SaveDialog } from './save-dialog';

const PAGE = 50;

interface PeopleProps {
  asked: Asked;
  at: StepAt;
  onClose: () => void;
}

export function PeopleDrawer({ asked, at, onClose }: PeopleProps) {
  const { t } = useTranslation('behavior');
  const can = useCan();
  const [isSaving, setSaving] = useState(false);
  const pages = useCursorPages(JSON.stringify([asked, at]), PAGE);
  const query = useQuery(peopleQuery(asked, at, pages.cursor));
  const next = query.data?.next_cursor;
  const steps = asked.definition.steps as { event: string }[];
  const event = steps[at.step - 1]?.event ?? '';
  const title = t(at.which === 'stopped' ? 'stoppedTitle' : 'reachedTitle', { step: at.step, event });
  const definition = query.data?.definition;
  return (
    <SideDrawer
      isOpen
      onClose={onClose}
      title={title}
      foot={
        <>
          {can('segment.manage') && (
            <Button disabled={!definition} onClick={() => setSaving(true)}>
              {t('saveSegment')}
            </Button>
          )}
          {(pages.hasPrevious || next) && (
            <>
              <Button disabled={!pages.hasPrevious} onClick={pages.goPrevious}>
                {t('previous')}
              </Button>
              <Button disabled={!next} onClick={() => next && pages.goNext(next)}>
                {t('next')}
              </Button>
            </>
          )}
        </>
      }
    >
      <p className="k-caption">{t('peopleText')}</p>
      <QueryView query={query}>
        {({ items }) => (
          <ul className={styles.people}>
            {items.map((one) => (
              <li key={one.customer_id}>
                <Avatar name={one.name} hueKey={one.customer_id} size={26} />
                <Link
                  to="/customers/$id"
                  params={{ id: one.customer_id }}
                  className="k-grow k-small k-ellipsis"
                >
                  {one.name || t('nameless')}
                </Link>
                <span className="k-caption">{one.unit}</span>
              </li>
            ))}
            {items.length === 0 && <li className="k-caption">{t('nobody')}</li>}
          </ul>
        )}
      </QueryView>
      {definition && (
        <SaveDialog
          isOpen={isSaving}
          proposal={title}
          purpose={asked.purpose}
          definition={definition}
          onClose={() => setSaving(false)}
        />
      )}
    </SideDrawer>
  );
}
