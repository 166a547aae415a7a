import type { VNode } from 'preact';
import type { Actions, Panel } from './actions.ts';
import { ConversationList } from './conversations/conversationList.tsx';
import type { Page } from './page.ts';
import { VariablesPanel } from './variables/variablesPanel.tsx';

/** Whether the panel takes the place of the messages and the composer. */
export function takesPlace(panel: Panel | undefined): boolean {
  return panel === 'conversations' || panel === 'variables';
}

interface Properties {
  readonly panel: Panel | undefined;
  readonly page: Page;
  readonly actions: Actions;
}

/** What stands in the place of the messages, if anything does. */
export function SidePanel({ panel, page, actions }: Properties): VNode | null {
  if (panel === 'variables') return <VariablesPanel variables={page.variables} actions={actions} />;
  if (panel !== 'conversations') return null;
  return <ConversationList list={page.list} current={page.conversation.key} actions={actions} />;
}
