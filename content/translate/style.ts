// The bar's own look, beside what all surfaces share.

export const STYLE = `
.bar {
  display: grid;
  gap: 6px;
  inset-inline-end: 16px;
  bottom: 16px;
  width: 488px;
  max-width: calc(100vw - 32px);
  max-height: calc(100vh - 32px);
  padding-block: 9px 10px;
  padding-inline: 14px 9px;
  overflow: auto;
}

.row {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
}

.row .name {
  flex: 1 0 auto;
  max-width: 100%;
  margin-inline-end: auto;
}

.row button {
  min-height: 28px;
  flex: none;
}

.row .close {
  margin-inline-start: auto;
}

.detail {
  padding-inline-end: 5px;
  color: var(--soft);
  font-size: 12.5px;
  white-space: pre-line;
}

progress {
  margin-inline-end: 5px;
  width: calc(100% - 5px);
}

.problem {
  margin-block: 4px 2px;
  margin-inline: 0 5px;
}
`;
