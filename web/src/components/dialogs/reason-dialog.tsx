/** A question that needs a reason; the reason goes into the audit, and the dialog says so. */
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../form/field';
import { ConfirmDialog, type ConfirmDialogProps } from './confirm-dialog';

interface ReasonDialogProps extends Omit<ConfirmDialogProps, 'onConfirm' | 'canConfirm'> {
  /** Reasons that come up often; a click fills the field. */
  suggestions?: readonly string[];
  onConfirm: (reason: string) => unknown;
}

const LONGEST = 500;

export function ReasonDialog({ suggestions = [], onConfirm, children, ...dialog }: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const close = () => {
    setReason('');
    dialog.onClose();
  };
  return (
    <ConfirmDialog
      {...dialog}
      onClose={close}
      canConfirm={reason.trim() !== ''}
      onConfirm={() => onConfirm(reason.trim())}
    >
      {children}
      <Field label={t('reason.label')} hint={t('reason.hint')}>
        {(control) => (
          <Input.TextArea
            {...control}
            value={reason}
            maxLength={LONGEST}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {suggestions.length > 0 && (
        <div className="k-row k-wrap">
          {suggestions.map((suggestion) => (
            <button key={suggestion} type="button" className="k-chip" onClick={() => setReason(suggestion)}>
              {suggestion}
            </button>
          ))}
        </div>
      )}
    </ConfirmDialog>
  );
}
