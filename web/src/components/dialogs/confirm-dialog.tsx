/**
 * A dialog asks one question. It stays open while the answer is carried out, and shows why it could not be.
 * A destructive act is red by its outline; its text says number, names, what can be undone and until when.
 */
import { Button, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './problem-note';

export interface ConfirmDialogProps {
  isOpen: boolean;
  title: ReactNode;
  children?: ReactNode;
  /** Says what it does, with the number: 导入 94,202 行. */
  confirmLabel: string;
  isDestructive?: boolean;
  /** False until the question can be answered. */
  canConfirm?: boolean;
  onConfirm: () => unknown;
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    isOpen,
    title,
    children,
    confirmLabel,
    isDestructive = false,
    canConfirm = true,
    onConfirm,
    onClose,
  } = props;
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const close = () => {
    setProblem(null);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      close();
    } catch (caught) {
      setProblem(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={isOpen}
      title={title}
      width={480}
      onCancel={close}
      mask={{ closable: !isBusy }}
      closable={{ 'aria-label': t('close') }}
      destroyOnHidden
      footer={[
        <Button key="cancel" onClick={close} disabled={isBusy}>
          {t('cancel')}
        </Button>,
        <Button
          key="confirm"
          {...(isDestructive ? { danger: true } : { type: 'primary' as const })}
          loading={isBusy}
          disabled={!canConfirm}
          onClick={() => void confirm()}
        >
          {confirmLabel}
        </Button>,
      ]}
    >
      <div className="k-stack" style={{ gap: 12 }}>
        {children}
        <ProblemNote problem={problem} />
      </div>
    </Modal>
  );
}
