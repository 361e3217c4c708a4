/** The questionnaire in a chunk of its own: SurveyJS is as large as the rest of a page. */
import { lazy, Suspense } from 'react';
import { LoadingState } from '@/components/states/loading-state';
import type { SurveyFormProps } from './survey-form';

const Form = lazy(() => import('./survey-form').then((module) => ({ default: module.SurveyForm })));

export function LazySurveyForm(props: SurveyFormProps) {
  return (
    <Suspense fallback={<LoadingState />}>
      <Form {...props} />
    </Suspense>
  );
}
