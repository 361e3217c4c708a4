/** Explains or edits a part of the page, from the right. Whether it is open belongs into the address. */
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SideDrawerProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  /** Tags beside the title. */
  tags?: ReactNode;
  extra?: ReactNode;
  /** Hint at the left, buttons at the right. */
  foot?: ReactNode;
  size?: 'normal' | 'wide';
  children: ReactNode;
}

export function SideDrawer(props: SideDrawerProps) {
  const { isOpen, onClose, title, tags, extra, foot, size = 'normal', children } = props;
  const { t } = useTranslation();
  return (
    <Drawer
      open={isOpen}
      onClose={onClose}
      size={size === 'wide' ? 620 : 480}
      closable={{ 'aria-label': t('close') }}
      title={
        <span className="k-row">
          <span style={{ fontSize: 16, lineHeight: '24px' }}>{title}</span>
          {tags}
        </span>
      }
      extra={extra}
      footer={
        foot && (
          <div className="k-row" style={{ justifyContent: 'flex-end' }}>
            {foot}
          </div>
        )
      }
      destroyOnHidden
      styles={{
        header: { padding: '12px 20px', minHeight: 56 },
        body: { padding: '16px 20px' },
        footer: { padding: '12px 20px' },
      }}
    >
      {children}
    </Drawer>
  );
}
