"""The questionnaire itself: its questions, choices and logic, read from SurveyJS JSON and checked."""
