/** The kinds of identifiers and how far each is trusted, the strongest first. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { KindOut } from '@/api/generated/types.gen';
import { Card } from '@/components/layout/card';
import { SmallTable } from '@/components/layout/small-table';
import { QueryView } from '@/components/states/query-view';
import styles from './matching.module.css';
import { kindsQuery } from './queries';
import { useKindWords } from './words';

interface KindsCardProps {
  canManage: boolean;
  onOpen: (kind: KindOut) => void;
}

function Row({ kind, canManage, onOpen }: KindsCardProps & { kind: KindOut }) {
  const { t } = useTranslation('resolve');
  const words = useKindWords();
  const name = words.label(kind.label);
  return (
    <tr>
      <th scope="row">
        {canManage ? (
          <button
            type="button"
            className={styles.open}
            aria-label={t('matching.kinds.edit', { kind: name })}
            onClick={() => onOpen(kind)}
          >
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <td>{words.strength(kind)}</td>
      <td>{words.limit(kind)}</td>
      <td>{words.window(kind)}</td>
      <td>{kind.priority}</td>
    </tr>
  );
}

export function KindsCard({ canManage, onOpen }: KindsCardProps) {
  const { t } = useTranslation('resolve');
  const query = useQuery(kindsQuery);
  return (
    <Card title={t('matching.kinds.title')} isPadded={false} foot={t('matching.kinds.priorityFoot')}>
      <QueryView query={query}>
        {(kinds) => (
          <SmallTable label={t('matching.kinds.title')}>
            <thead>
              <tr>
                {(['kind', 'strength', 'limit', 'window', 'priority'] as const).map((key) => (
                  <th key={key} scope="col">
                    {t(`matching.kinds.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {kinds.map((kind) => (
                <Row key={kind.key} kind={kind} canManage={canManage} onOpen={onOpen} />
              ))}
            </tbody>
          </SmallTable>
        )}
      </QueryView>
    </Card>
  );
}
