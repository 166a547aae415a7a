/** How package.json names the chat's view. */
export const chatViewId = 'difyCompanion.chat';
