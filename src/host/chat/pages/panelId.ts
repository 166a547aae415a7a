/** How VS Code knows the editor tab of the chat, also after a reload of the window. */
export const chatPanelId = 'difyCompanion.chatPanel';
