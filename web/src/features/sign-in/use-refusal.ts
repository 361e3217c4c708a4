/** Sends one step of the sign-in and keeps why it was refused: the code of the first error, or the problem. */
import { useState } from 'react';
import type { AuthAnswer } from '@/lib/session/auth';

export function useRefusal(onAnswer: (answer: AuthAnswer) => boolean) {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [problem, setProblem] = useState<unknown>(null);
  const submit = async (step: () => Promise<AuthAnswer>) => {
    setBusy(true);
    setRefusal(undefined);
    setProblem(null);
    try {
      const answer = await step();
      if (!onAnswer(answer)) setRefusal(answer.errors[0]?.code ?? 'refused');
    } catch (caught) {
      setProblem(caught);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, refusal, problem, submit };
}
