/** A command of the search palette that is there only for whoever may carry it out. */
import { useCommand } from '@/lib/commands';

interface OfferCommandProps {
  id: string;
  label: string;
  run: () => void;
}

export function OfferCommand({ id, label, run }: OfferCommandProps) {
  useCommand({ key: id, label, run });
  return null;
}
