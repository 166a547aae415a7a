/** Name of the codicon of a file of Dify's class. */
export function fileIcon(type: string): string {
  switch (type) {
    case 'image':
      return 'file-media';
    case 'document':
      return 'file-text';
    case 'audio':
      return 'unmute';
    case 'video':
      return 'device-camera-video';
    default:
      return 'file';
  }
}
