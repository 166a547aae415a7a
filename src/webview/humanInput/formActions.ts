import type { FromWebview } from '../../conversation/fromWebview.ts';
import type { Actions } from '../actions.ts';

/** The actions of the page for the fields of a run's form: what they post is about that form. */
export function actionsOfForm(actions: Actions, form: string): Actions {
  return { ...actions, post: (message) => actions.post(ofForm(message, form)) };
}

function ofForm(message: FromWebview, form: string): FromWebview {
  switch (message.type) {
    case 'form':
      return { ...message, type: 'fillHumanInput', form };
    case 'chooseFiles':
    case 'dropFiles':
    case 'cancelUpload':
      return { ...message, form };
    default:
      return message;
  }
}
