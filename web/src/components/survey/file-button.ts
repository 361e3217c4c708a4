/** The button that chooses a file: the library draws the label of the input as one, which is none to readers of screens. */
import { createElement, Fragment } from 'react';
import { ReactElementFactory, SurveyFileChooseButton } from 'survey-react-ui';

class FileButton extends SurveyFileChooseButton {
  override render() {
    const { className, onClick, children, htmlFor, 'aria-label': name } = super.render().props;
    return createElement(
      Fragment,
      null,
      createElement('button', { type: 'button', className, onClick, 'aria-label': name }, children),
      createElement('label', { htmlFor, className: 'k-unseen' }, name),
    );
  }
}

ReactElementFactory.Instance.registerElement('sv-file-choose-btn', (props) =>
  createElement(FileButton, props as ConstructorParameters<typeof SurveyFileChooseButton>[0]),
);
