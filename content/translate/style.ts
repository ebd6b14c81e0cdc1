// The bar's own look, beside what all surfaces share.

export const STYLE = `
.bar {
  display: grid;
  gap: 6px;
  right: 16px;
  bottom: 16px;
  width: 488px;
  max-width: calc(100vw - 32px);
  max-height: calc(100vh - 32px);
  padding: 9px 9px 10px 14px;
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
  margin-right: auto;
}

.row button {
  min-height: 28px;
  flex: none;
}

.row .close {
  margin-left: auto;
}

.detail {
  padding-right: 5px;
  color: var(--soft);
  font-size: 12.5px;
  white-space: pre-line;
}

progress {
  margin-right: 5px;
  width: calc(100% - 5px);
}

.problem {
  margin: 4px 5px 2px 0;
}
`;
