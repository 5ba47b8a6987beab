using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Rules;

/// <summary>Rows of rules.</summary>
internal static class RuleRows
{
    /// <summary>Takes a rule out of force; its versions stay.</summary>
    public static void Retire(this StorageSession storage, int ruleId) =>
        storage.Context.AlertRules.Where(row => row.Id == ruleId && row.IsCurrent).ExecuteUpdate(row => row.SetProperty(rule => rule.IsCurrent, false));
}
