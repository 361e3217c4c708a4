/** Saved filters as tabs: one's own first, then shared ones with a people icon; an orange dot when changed. */
import { DownOutlined, PushpinOutlined, TeamOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './grid.module.css';

export interface ListView {
  key: string;
  label: string;
  kind?: 'own' | 'shared' | 'pinned';
}

interface ViewsProps {
  views: readonly ListView[];
  active: string;
  onChange: (key: string) => void;
  /** The filter differs from the saved view. */
  isChanged?: boolean;
  onSave?: () => void;
  onSaveAs?: () => void;
  /** At the end: what can be done with the view itself. */
  side?: ReactNode;
  /** How many stand as tabs; the others under “more”. */
  shown?: number;
}

const icons: Record<NonNullable<ListView['kind']>, ReactNode> = {
  own: null,
  shared: <TeamOutlined aria-hidden />,
  pinned: <PushpinOutlined aria-hidden />,
};

export function Views(props: ViewsProps) {
  const { views, active, onChange, isChanged = false, onSave, onSaveAs, side, shown = 5 } = props;
  const { t } = useTranslation();
  const front = views.filter((view, i) => i < shown || view.key === active);
  const rest = views.filter((view) => !front.includes(view));
  return (
    <div className={styles.views}>
      <div className={styles.viewList} role="tablist" aria-label={t('grid.views')}>
        {front.map((view) => (
          <button
            key={view.key}
            type="button"
            role="tab"
            className={styles.view}
            aria-selected={view.key === active}
            onClick={() => onChange(view.key)}
          >
            {icons[view.kind ?? 'own']}
            {view.label}
            {isChanged && view.key === active && (
              <span className={styles.changed} role="img" aria-label={t('grid.viewChanged')} />
            )}
          </button>
        ))}
      </div>
      {rest.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map((view) => ({ key: view.key, label: view.label })),
            onClick: ({ key }) => onChange(key),
          }}
        >
          <button type="button" className={styles.view}>
            <DownOutlined style={{ fontSize: 10 }} aria-hidden />
            {t('grid.moreViews', { count: rest.length })}
          </button>
        </Dropdown>
      )}
      {(isChanged || side) && (
        <div className={styles.viewSide}>
          {isChanged && <span className="k-small k-label">{t('grid.viewChanged')}</span>}
          {isChanged && onSave && (
            <Button type="link" size="small" onClick={onSave}>
              {t('save')}
            </Button>
          )}
          {isChanged && onSaveAs && (
            <Button type="link" size="small" onClick={onSaveAs}>
              {t('saveAs')}
            </Button>
          )}
          {side}
        </div>
      )}
    </div>
  );
}
