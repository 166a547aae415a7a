import type * as vscode from 'vscode';

/** Constructs, registers, decides nothing. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push();
}
