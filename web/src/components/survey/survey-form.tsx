/**
 * A questionnaire as people see it, drawn by SurveyJS. Large: load it lazily (`lazy-survey-form.tsx`).
 * What is handed in goes to `onHandIn`; the form stays until its owner takes it away.
 */
import { Model, Serializer, surveyLocalization } from 'survey-core';
import 'survey-core/survey-core.fontless.min.css';
import 'survey-core/i18n/simplified-chinese';
import 'survey-core/i18n/traditional-chinese';
import { useEffect, useMemo, useRef } from 'react';
import { Survey } from 'survey-react-ui';
import './file-button';
import { font, palette } from '@/components/theme/tokens';
import { BRACE, withNotices } from './notices';
import styles from './survey-form.module.css';

export type SurveyData = Record<string, unknown>;

export interface SurveyFormProps {
  definition: Record<string, unknown>;
  /** A BCP 47 tag; `zh-CN` is what the questionnaire calls `default`. */
  language: string;
  saved?: SurveyData;
  onChange?: (data: SurveyData) => void;
  onHandIn?: (data: SurveyData) => void;
  /** All on one page and without its own buttons: the page around it saves. */
  isBare?: boolean;
}

Serializer.addProperty('question', { name: 'kehuKind', visible: false });
surveyLocalization.defaultLocale = 'zh-cn';

/** Our colours and type instead of SurveyJS's own. */
const theme = {
  themeName: 'default',
  colorPalette: 'light',
  isPanelless: false,
  cssVariables: {
    '--sjs2-color-project-brand-600': palette.light.primary,
    '--sjs2-typography-font-family-text': font.sans,
    '--sjs2-color-utility-surface-survey': palette.light.layout,
  },
};

function modelOf(
  definition: SurveyFormProps['definition'],
  saved: SurveyData | undefined,
  isBare: boolean,
): Model {
  const model = new Model(withNotices(definition));
  model.setVariable(BRACE, '{');
  model.applyTheme(theme);
  model.clearInvisibleValues = 'onHidden';
  model.focusFirstQuestionAutomatic = false;
  model.showProgressBar = model.pages.length > 1;
  model.showCompletedPage = false;
  model.widthMode = 'responsive';
  if (isBare) {
    model.questionsOnPageMode = 'singlePage';
    model.showNavigationButtons = false;
    model.showProgressBar = false;
    model.showTitle = false;
    model.textUpdateMode = 'onTyping';
  }
  for (const question of model.getAllQuestions()) {
    if (question.getType() === 'rating') question.setPropertyValue('displayMode', 'buttons');
    if (question.getType() === 'boolean') {
      question.renderAs = 'radio';
      question.setPropertyValue('swapOrder', true);
    }
  }
  model.onUpdateQuestionCssClasses.add((_, { question, cssClasses }) => {
    if (question.getType() === 'boolean') cssClasses.radioFieldset = styles.choices;
  });
  if (saved) model.data = saved;
  return model;
}

export function SurveyForm(props: SurveyFormProps) {
  const { definition, language, saved, onChange, onHandIn, isBare = false } = props;
  const first = useRef(saved);
  const model = useMemo(() => modelOf(definition, first.current, isBare), [definition, isBare]);
  useEffect(() => {
    model.locale = language.toLowerCase() === 'zh-cn' ? '' : language.toLowerCase();
  }, [model, language]);
  useEffect(() => {
    const changed = () => onChange?.({ ...model.data });
    const completing = (_: unknown, options: { allow: boolean }) => {
      options.allow = false;
      onHandIn?.({ ...model.data });
    };
    model.onValueChanged.add(changed);
    model.onCompleting.add(completing);
    return () => {
      model.onValueChanged.remove(changed);
      model.onCompleting.remove(completing);
    };
  }, [model, onChange, onHandIn]);
  return (
    <div className={styles.form}>
      <Survey model={model} />
    </div>
  );
}
