using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>Changes to the rows of rules.</summary>
internal static class RuleRows
{
    /// <summary>Takes the current version of a rule out of force; all versions are kept.</summary>
    public static void Retire(this StorageSession storage, int ruleId) =>
        storage.Context.AlertRules.Where(row => row.Id == ruleId && row.IsCurrent).ExecuteUpdate(row => row.SetProperty(rule => rule.IsCurrent, false));
}
