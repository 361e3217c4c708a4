/** What can be done with customers from anywhere, by the search palette. Draws nothing. */
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommand } from '@/lib/commands';
import { useCan } from '@/lib/session/me';

function NewCustomer() {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  useCommand({
    key: 'new-customer',
    label: t('entry.new'),
    detail: t('entry.command'),
    run: () => void navigate({ to: '/customers', search: { new: true } }),
  });
  return null;
}

export function CustomerCommands() {
  const can = useCan();
  return can('customer.correct') ? <NewCustomer /> : null;
}
