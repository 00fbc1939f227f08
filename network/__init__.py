"""Who stands together: people, organisations, principles, consents, approvals, the ordered log, the audit."""
