/** Explains or edits a part of the page, from the right. Whether it is open belongs into the address. */
import { Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/dialogs/confirm-dialog';

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
  /** Something is filled in that is not saved: Escape, the cross and a click beside it ask before they throw it away. */
  isFilled?: boolean;
  children: ReactNode;
}

export function SideDrawer(props: SideDrawerProps) {
  const { isOpen, onClose, title, tags, extra, foot, size = 'normal', isFilled = false, children } = props;
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  return (
    <Drawer
      open={isOpen}
      onClose={() => (isFilled ? setAsking(true) : onClose())}
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
      <ConfirmDialog
        isOpen={isAsking}
        title={t('discardTitle')}
        confirmLabel={t('discard')}
        isDestructive
        onConfirm={onClose}
        onClose={() => setAsking(false)}
      >
        {t('discardText')}
      </ConfirmDialog>
    </Drawer>
  );
}
