/** Customers one below another, each with the way to his profile and a word on the right. */
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/marks/avatar';
import styles from './people.module.css';

export interface Listed {
  id: string;
  name: string;
  /** On the right: a unit, how often. */
  note: string;
}

export function PeopleList({ people }: { people: readonly Listed[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.people}>
      {people.map(({ id, name, note }) => (
        <li key={id}>
          <Avatar name={name} hueKey={id} size={26} />
          <Link to="/customers/$id" params={{ id }} className="k-grow k-small k-ellipsis">
            {name || t('people.nameless')}
          </Link>
          <span className="k-caption">{note}</span>
        </li>
      ))}
      {people.length === 0 && <li className="k-caption">{t('people.nobody')}</li>}
    </ul>
  );
}
