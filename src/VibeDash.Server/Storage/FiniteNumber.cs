using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>
/// Numbers of rows. An earlier version stored infinite ones, which JSON cannot represent: one of them made every list that held it fail. Such a number
/// is read as the largest that is stored now.
/// </summary>
internal sealed class FiniteNumber() : ValueConverter<double, double>(number => number, value => Of(value))
{
    /// <summary>The finite number for <paramref name="value"/>.</summary>
    public static double Of(double value) =>
        double.IsFinite(value) ? value : double.IsNegative(value) ? -Reading.MaximumLevel : Reading.MaximumLevel;
}
